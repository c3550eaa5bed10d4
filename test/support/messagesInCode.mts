import ts from 'typescript';

/** Functions and classes whose argument at this place is a message for users. */
const TOLD_BY: Record<string, number> = {
	badInput: 0,
	tell: 0,
	Error: 0,
	NodeOperationError: 1,
};

/** Properties that hold a message for users, and nothing else. */
const TOLD_IN = ['message', 'sentence'];

/** Stands for what differs from case to case. */
const HOLE = '…';
const MOST_STEPS = 8;

/**
 * The messages that these sources can give, with holes: the literal text of whatever is handed to one of
 * the functions above, to a class of the sources or to one of the properties. Names of constants, calls
 * of functions that return text, and parameters are followed to where the text is; a choice makes several
 * messages, and everything else is a hole.
 *
 * @param sources texts by path
 */
export function messagesIn(sources: Record<string, string>): string[] {
	const files = Object.entries(sources).map(([path, text]) =>
		ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
	);
	const shared = namesIn(files.flatMap((file) => [...file.statements].flatMap(declarationsIn)));
	const classes = files.flatMap(({ statements }) => statements.filter(ts.isClassDeclaration));
	const places = new Map([
		...classes.map(({ name }): [string, number] => [name?.text ?? '', 0]),
		...Object.entries(TOLD_BY),
	]);
	const messages = files.flatMap((file) => {
		const nodes = nodesOf(file);
		const names = new Map([...shared, ...namesIn(nodes)]);
		return nodes
			.flatMap((node) => toldBy(node, places))
			.flatMap((told) => textsOf(told, { names, nodes }));
	});
	return [...new Set(messages)].map((message) => message.trim());
}

interface Known {
	/** Constants and functions by name. */
	names: Map<string, ts.Node>;
	/** Everything in the file. */
	nodes: ts.Node[];
}

/** The message that this node gives, if it gives one. */
function toldBy(node: ts.Node, places: Map<string, number>): ts.Node[] {
	if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
		const told = node.arguments?.[places.get(node.expression.getText()) ?? -1];
		return told ? [told] : [];
	}
	if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return [];
	if (!TOLD_IN.includes(node.name.getText())) return [];
	return [ts.isPropertyAssignment(node) ? node.initializer : node.name];
}

const declarationsIn = (statement: ts.Statement): ts.Node[] =>
	ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [statement];

function namesIn(nodes: ts.Node[]): Map<string, ts.Node> {
	return new Map(
		nodes.flatMap((node): Array<[string, ts.Node]> => {
			if (ts.isFunctionDeclaration(node) && node.name) return [[node.name.text, node]];
			const isConstant = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
			return isConstant && node.initializer ? [[node.name.getText(), node.initializer]] : [];
		}),
	);
}

function textsOf(node: ts.Node, known: Known, steps = 0): string[] {
	const of = (inner: ts.Node) => textsOf(inner, known, steps + 1);
	if (steps > MOST_STEPS) return [HOLE];
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isParenthesizedExpression(node)) return of(node.expression);
	if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(of);
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		return joined(of(node.left), of(node.right));
	}
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(before, { expression, literal }) => joined(joined(before, of(expression)), [literal.text]),
			[node.head.text],
		);
	}
	if (ts.isElementAccessExpression(node) && ts.isNumericLiteral(node.argumentExpression)) {
		const entries = listsBehind(node.expression, known).map(
			({ elements }) => elements[Number(node.argumentExpression.getText())],
		);
		return entries.length > 0 ? entries.flatMap((entry) => (entry ? of(entry) : [])) : [HOLE];
	}
	const followed = followedFrom(node, known);
	return followed.length > 0 ? [...new Set(followed.flatMap(of))] : [HOLE];
}

/** Both halves, in each way in which they can come together. */
const joined = (left: string[], right: string[]) =>
	left.flatMap((before) => right.map((after) => before + after));

/** Where the text of a name or of a call is. */
function followedFrom(node: ts.Node, { names, nodes }: Known): ts.Node[] {
	if (ts.isIdentifier(node)) {
		const given = argumentsFor(node, nodes);
		const found = names.get(node.text);
		return given ?? (found && !ts.isFunctionDeclaration(found) ? [found] : []);
	}
	const called = ts.isCallExpression(node) && names.get(node.expression.getText());
	if (!called || !ts.isFunctionDeclaration(called) || called.type?.getText() !== 'string')
		return [];
	return nodesOf(called)
		.filter(ts.isReturnStatement)
		.flatMap(({ expression }) => expression ?? []);
}

/** What the calls in the file give for a parameter; undefined when the name is none. */
function argumentsFor(name: ts.Identifier, nodes: ts.Node[]): ts.Node[] | undefined {
	for (let around: ts.Node | undefined = name.parent; around; around = around.parent) {
		if (!ts.isFunctionLike(around)) continue;
		const at = around.parameters.findIndex((parameter) =>
			nodesOf(parameter.name).some((part) => ts.isIdentifier(part) && part.text === name.text),
		);
		if (at < 0) continue;
		const called = around.name?.getText();
		if (!ts.isIdentifier(around.parameters[at]!.name)) return [];
		return nodes
			.filter(ts.isCallExpression)
			.filter(({ expression }) => expression.getText() === called)
			.flatMap((call) => call.arguments[at] ?? []);
	}
	return undefined;
}

/** The lists that a table holds; the name may be that of one of its entries. */
function listsBehind(node: ts.Node, { names }: Known): ts.ArrayLiteralExpression[] {
	const from = (start: ts.Node | undefined) => (start ? nodesOf(start) : []);
	const entry = from(names.get(node.getText()));
	const tables = entry.filter(ts.isIdentifier).flatMap(({ text }) => from(names.get(text)));
	return tables.filter(ts.isArrayLiteralExpression);
}

function nodesOf(node: ts.Node): ts.Node[] {
	const inside: ts.Node[] = [];
	node.forEachChild((child) => void inside.push(...nodesOf(child)));
	return [node, ...inside];
}

import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';
import { declaredValue } from '../Appspace/runtime/declaredValue';
import { filledIn, idsIn } from '../Appspace/runtime/parameterValues';
import type { EventCall } from './triggerEvent';

/** The parameters of a trigger, each of its declared type. */
export class PollCall implements EventCall {
	/** @param fields all fields that the node shows for the event (`fieldsOf`) */
	constructor(
		private readonly context: IPollFunctions,
		private readonly fields: INodeProperties[],
	) {}

	collection(parameter: string): IDataObject {
		return filledIn((this.value(parameter) ?? {}) as IDataObject);
	}

	ids(parameter: string): string[] {
		const label = this.field(parameter)?.displayName ?? parameter;
		return idsIn(this.value(parameter), label);
	}

	number(parameter: string): number {
		return Number(this.value(parameter) ?? this.field(parameter)?.default);
	}

	isOn(parameter: string): boolean {
		return (this.value(parameter) ?? this.field(parameter)?.default) === true;
	}

	/** The value of any parameter; locators are reduced to IDs. */
	value(parameter: string): unknown {
		const field = this.field(parameter);
		const given = this.context.getNodeParameter(parameter, undefined) as unknown;
		return field ? declaredValue(field, given) : given;
	}

	private field(parameter: string): INodeProperties | undefined {
		return this.fields.find(({ name }) => name === parameter);
	}
}

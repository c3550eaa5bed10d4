import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as czech } from '@faker-js/faker/locale/cs_CZ';
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import type { Random } from './random.mts';

const locales = [english, english, english, german, czech, japanese, arabic];
const POOL_SIZE = 40;

/** First and last names that belong together, one pool for each language. */
export interface NamePool {
	firstNames: string[];
	lastNames: string[];
}

export interface Words {
	namePools: NamePool[];
	departments: string[];
	jobTitles: string[];
	cities: string[];
	sentences: string[];
	products: string[];
}

/**
 * Pools of words for everything that is generated. faker is asked a few hundred times only, which is
 * what lets a tenant of 100,000 users start in well under a second or two.
 */
export function makeWords(random: Random): Words {
	for (const [index, faker] of locales.entries()) faker.seed(random.int(0, 2 ** 31) + index);
	const many = (make: () => string, count = POOL_SIZE) => Array.from({ length: count }, make);
	return {
		namePools: locales.map((faker) => ({
			firstNames: many(() => faker.person.firstName()),
			lastNames: many(() => faker.person.lastName()),
		})),
		departments: many(() => english.commerce.department(), 12),
		jobTitles: many(() => english.person.jobTitle()),
		cities: many(() => english.location.city(), 12),
		sentences: many(() => english.company.catchPhrase()),
		products: many(() => english.commerce.productName()),
	};
}

import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as czech } from '@faker-js/faker/locale/cs_CZ';
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import type { Random } from './random.mts';

const locales = [english, english, english, german, czech, japanese, arabic];
const POOL_SIZE = 40;

/** First and last names that go together, one pool per language. */
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
 * Word pools for all generated data. faker is called only a few hundred times, so even a tenant with
 * 100,000 users starts within about a second.
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

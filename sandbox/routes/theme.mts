import { json } from '../answer.mts';
import type { Service } from './endpoint.mts';

export const theme: Service = {
	name: 'theme',
	title: 'Theme',
	endpoints: [
		{
			method: 'GET',
			path: 'theme/brandprofiles',
			summary: 'Lists the brand profiles',
			handle: ({ seeded }) => {
				const random = seeded.fork('brand profiles');
				const color = () => `#${random.int(0, 0xffffff).toString(16).padStart(6, '0')}`;
				const profile = (isDefault: boolean) => ({
					isDefault,
					colorPalette: {
						primaryColor: color(),
						darkColor: color(),
						paleColor: color(),
						secondaryColor: color(),
					},
				});
				return json(200, [profile(true), profile(false)]);
			},
		},
	],
};

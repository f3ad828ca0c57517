// Enketo's settings for the tests: as it comes, but for a map that asks nobody outside.
import shipped from '../../node_modules/enketo-core/config.js';

export default {
	...shipped,
	maps: [{ tiles: ['data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='], name: 'empty', attribution: '' }],
	googleApiKey: '',
};

/** Version of the product. Written by `npm version`, from the root package.json. */
export const VERSION = '0.1.0';

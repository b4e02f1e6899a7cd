export { PRODUCT_DEFAULTS } from './defaults/product-defaults.ts';
export * from './layers/index.ts';
export * from './model/index.ts';

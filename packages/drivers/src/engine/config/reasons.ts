/** Reasons why a setting is not written that several vendors share. Sentences without capital letter and full stop. */
export const NO_KEY = 'no key for it is known';
export const NO_FIGURES = 'it has steps without figures';
export const LOOP_START = 'no key for it is known; its ports are loop start';
export const OWN_DOMAIN = 'it uses the name of the SIP server, and no key for another domain is known';
export const CLOCK_RULES = 'its time zones are rules, and which zone each stands for is not in its documents';

import { fields } from './field.ts';
import { flag, list, text } from './value-type.ts';

const RFC3261 = 'RFC 3261';

/** The account of a port, and which calls it may make. */
export const PORT_FIELDS = fields({
  'port.extension': {
    type: text('account', 63),
    level: 'port',
    about: 'The SIP user of the port, usually its number.',
    source: `${RFC3261} section 19.1.1`,
    variables: true,
    cost: 're-register',
  },
  'port.authName': {
    type: text('account', 63),
    level: 'port',
    about: 'The name that the port proves itself by; the extension where it is not set.',
    source: `${RFC3261} section 22`,
    variables: true,
    cost: 're-register',
  },
  'port.password': {
    type: text('password', 30, 8),
    level: 'port',
    about: 'The password of the account.',
    source: `${RFC3261} section 22`,
    secret: true,
    cost: 're-register',
  },
  'port.displayName': {
    type: text('name', 40),
    level: 'port',
    about: 'The name that is sent with calls.',
    source: `${RFC3261} section 20.10`,
    variables: true,
    cost: 're-register',
  },
  'port.enabled': {
    type: flag,
    level: 'port',
    about: 'Whether the port gives service.',
    source: 'ITU-T X.731 administrative state',
    cost: 're-register',
  },
  'port.dialPlan': {
    type: text('name', 60),
    level: 'port',
    about: 'The name of the dial plan that decides where its calls go.',
    source: 'Loopstart dial plans',
    cost: 'live',
  },
  'port.blockedClasses': {
    type: list(text('name', 30), 12),
    level: 'port',
    about: 'Classes of numbers that the port may not dial; emergency numbers cannot be among them.',
    source: 'Loopstart dial plans',
    cost: 'live',
  },
  'port.emergencyLocation': {
    type: text('name', 120),
    level: 'port',
    about: 'Where the line device stands, in words for those who come to help.',
    source: 'RFC 5139 (civic location)',
    variables: true,
    cost: 'live',
  },
  'port.alarmReceivers': {
    type: list(text('digits', 20), 6),
    level: 'port',
    about: 'Numbers of the alarm receiving centre or lift emergency centre that the line must always reach.',
    source: 'EN 50136-1; EN 81-28',
    cost: 'live',
  },
});

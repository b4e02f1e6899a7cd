import type { Occurrence } from '../engine/document.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { wholeLine } from '../engine/spans.ts';
import { checkCharacters } from '../engine/values.ts';
import type { ConfigKey, SecretForm } from '../format.ts';
import { encodeEntities } from './entities.ts';
import type { XmlElement } from './nodes.ts';

/** An element that holds one value. A value of several lines is trimmed. */
export function elementOccurrence(text: string, element: XmlElement, key: ConfigKey, secret: SecretForm): Occurrence {
  const { line, start, end, to, selfClosing } = element;
  return {
    key,
    label: key,
    value: /[\r\n]/.test(element.text) ? element.text.trim().replaceAll(/\r\n?/g, '\n') : element.text,
    line,
    secret,
    start,
    // Without end tag, all from the slash on is replaced by value and end tag.
    end: selfClosing ? to : end,
    ...wholeLine(text, element.from, to),
  };
}

/** What replaces the value of an element. */
export function writeElementValue(text: string, occurrence: Occurrence, value: string): string {
  const written = encodeValue(occurrence.key, value);
  const withoutEndTag = occurrence.value === '' && text[occurrence.start] === '/';
  return withoutEndTag ? `>${written}</${elementName(occurrence.key)}>` : written;
}

export function writeElement(key: ConfigKey, value: string, attributes = ''): string {
  const name = elementName(key);
  return `<${name}${attributes}>${encodeValue(key, value)}</${name}>`;
}

/** The last part of a key with a path. Throws where it is no name of XML. */
export function elementName(key: ConfigKey): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) return name;
  throw new ChangeRefused(key, `${key} cannot be the name of an element`);
}

function encodeValue(key: ConfigKey, value: string): string {
  checkCharacters(key, value, '', 'an element of XML cannot hold on one line');
  return encodeEntities(value);
}

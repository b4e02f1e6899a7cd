export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** Of the name. */
  readonly from: number;
  /** Of the value, between the quotes. */
  readonly start: number;
  readonly end: number;
}

export interface XmlElement {
  readonly name: string;
  readonly line: number;
  /** From the `<` of the start tag to behind the `>` of the end tag. */
  readonly from: number;
  readonly to: number;
  /** Behind the name in the start tag: where an attribute can be added. */
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  /** Content between the tags; of an element without end tag, from the `/` on. */
  readonly start: number;
  readonly end: number;
  readonly selfClosing: boolean;
  readonly children: readonly XmlNode[];
  /** Decoded, without that of elements and comments within. */
  readonly text: string;
}

export interface XmlComment {
  readonly comment: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export type XmlNode = XmlElement | XmlComment;

export function isElement(node: XmlNode): node is XmlElement {
  return 'name' in node;
}

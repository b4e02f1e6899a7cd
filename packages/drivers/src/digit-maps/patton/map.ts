/** `route <key> dest-interface <name> [<mapping>]` of a routing-table called-e164. */
export interface PattonRoute {
  /** A key, or `default`. */
  readonly key: string;
  /** `map <from> to <to>` of the mapping table of the route; null where the number stays as it is. */
  readonly mapping: { readonly from: string; readonly to: string } | null;
}

/** Dialling on a Patton SmartNode: the routing table of its FXS interfaces and the timeouts of the call router. */
export interface PattonMap {
  readonly language: 'patton';
  readonly routes: readonly PattonRoute[];
  /** `digit-collection timeout`: silence after which `T` ends. */
  readonly digitCollectionTimeoutS: number;
  /** `address-completion timeout`: silence after which an incomplete number is dropped. */
  readonly addressCompletionTimeoutS: number;
}

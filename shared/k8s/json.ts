/** What came off the wire. Narrowed by the readers beside this file and by nobody else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

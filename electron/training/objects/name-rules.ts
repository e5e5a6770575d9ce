/** The forms that names, labels and keys must have, and the API server's words for what is wrong with them. */
const part = "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(${pattern})$`).test(text)
}

/** Of objects of most kinds: `demo-aone-1`, `example.com`. */
export function wrongSubdomain(name: string): readonly string[] {
  return [
    ...(name.length > 253 ? ['must be no more than 253 characters'] : []),
    ...(matches(subdomain, name)
      ? []
      : [
          `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`,
        ]),
  ]
}

/** Of containers, Services, namespaces: `main`. */
export function wrongLabelName(name: string): readonly string[] {
  return [
    ...(name.length > 63 ? ['must be no more than 63 characters'] : []),
    ...(matches(label, name)
      ? []
      : [
          name.includes('.') && matches(subdomain, name)
            ? 'must not contain dots'
            : `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
        ]),
  ]
}

const examples = "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"

/** Of a label or annotation: `app`, `example.com/app`. */
export function wrongKey(key: string): readonly string[] {
  const parts = key.split('/')
  if (parts.length > 2) {
    return [
      `a valid label key must consist of ${part} ${examples} '${qualified}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  }
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined
  const wrongPrefix =
    prefix === undefined ? [] : prefix === '' ? ['must be non-empty'] : wrongSubdomain(prefix)
  return [
    ...wrongPrefix.map((why) => `prefix part ${why}`),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...(name.length > 63 ? ['name part must be no more than 63 bytes'] : []),
    ...(matches(qualified, name) ? [] : [`name part must consist of ${part} ${examples} '${qualified}')`]),
  ]
}

export function wrongLabelValue(value: string): readonly string[] {
  return [
    ...(value.length > 63 ? ['must be no more than 63 bytes'] : []),
    ...(matches(`(${qualified})?`, value)
      ? []
      : [
          `a valid label must be an empty string or consist of ${part} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${qualified})?')`,
        ]),
  ]
}

/** Of an entry of a ConfigMap. */
export function wrongConfigKey(key: string): readonly string[] {
  return matches('[-._a-zA-Z0-9]+', key)
    ? []
    : [
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ]
}

/** A shortcut shown beside its action. The spoken form is given by `aria-keyshortcuts` on the button itself. */
export function Keys({ text }: { readonly text: string }) {
  return <kbd aria-hidden="true">{text}</kbd>
}

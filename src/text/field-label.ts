/**
 * The label of a field without what explains it: what stands before a colon or a bracket, such as "How we get in" of
 * "How we get in: door code, floor". For rows of words, where the explanation would be taken for more of them.
 */
export function shortLabel(label: string): string {
  return label.replace(/\s*[:(].*$/s, '');
}

/**
 * Was a row refused because its key is there already (PostgreSQL, appendix A: 23505)?
 * @param constraint by name, where another one may be met as well
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return false;
  return constraint === undefined || ('constraint' in error && error.constraint === constraint);
}

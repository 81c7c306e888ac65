/**
 * The library that reads and checks what authenticators say (Web Authentication Level 3). Loaded by the first who needs
 * it: it takes as much memory as a fifth of the idle server, and a start without it is quicker.
 */
export function webauthn() {
  return import('@simplewebauthn/server');
}

/** placeholder until the form is written */
export function SignInScreen() {
  return null;
}

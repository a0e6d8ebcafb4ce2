// A site without a server of its own: everything it knows lies in the browser.
const settings = JSON.parse(decodeURIComponent(
  document.cookie.split('; ').find((one) => one.startsWith('settings=')).slice(9)));
const manager = new oidc.UserManager({
  ...settings,
  redirect_uri: `${location.origin}/back`,
  post_logout_redirect_uri: `${location.origin}/left`,
  silent_redirect_uri: `${location.origin}/silent`,
  automaticSilentRenew: false,
  loadUserInfo: true,
});

const shown = (user) => user && {
  profile: user.profile, scope: user.scope, type: user.token_type,
  expires_in: user.expires_in, refresh_token: user.refresh_token, access_token: user.access_token,
};

// Called by the test; what the library throws is told as it stands.
const told = (promise) => promise.catch(
  (error) => ({ refused: error.error ?? error.name, said: String(error) }));

window.site = {
  signIn: (extra) => told(manager.signinRedirect(extra)),
  back: () => told(manager.signinRedirectCallback().then(shown)),
  user: () => told(manager.getUser().then(shown)),
  renew: () => told(manager.signinSilent().then(shown)),
  renewWith: async (token) => {
    const user = await manager.getUser();
    user.refresh_token = token;
    await manager.storeUser(user);
    return told(manager.signinSilent().then(shown));
  },
  signOut: () => told(manager.signoutRedirect()),
  left: () => told(manager.signoutRedirectCallback().then(({ userState }) => ({ userState }))),
};
if (location.pathname === '/silent') manager.signinSilentCallback();

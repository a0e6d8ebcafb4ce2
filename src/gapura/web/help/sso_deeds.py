"""What is done with other applications that trust us, in the words of people."""

from gapura.kernel.texts import N_

SSO_DEEDS = {
    "sso.authorization.end": N_("End what an application was allowed"),
    "sso.authorization.give": N_("Sign in to another application"),
    "sso.client.change": N_("Change the registration of an application"),
    "sso.client.close": N_("Close an application for good"),
    "sso.client.fetch_keys": N_("Read the keys of an application again"),
    "sso.client.list": N_("List the applications in one's care"),
    "sso.client.register": N_("Register an application"),
    "sso.client.restore": N_("Let a suspended application work again"),
    "sso.client.rotate_secret": N_("Make and end the secrets of an application"),
    "sso.client.see": N_("See the registration of an application"),
    "sso.client.suspend": N_("Suspend an application"),
    "sso.consent.give": N_("Allow an application to see one's own data"),
    "sso.consent.see_own": N_("See what one allowed to applications"),
    "sso.consent.withdraw": N_("Take back what one allowed to an application"),
    "sso.initial_token.list": N_("List the tokens with which applications register themselves"),
    "sso.initial_token.make": N_("Make a token with which applications register themselves"),
    "sso.initial_token.revoke": N_("Revoke a token with which applications register themselves"),
    "sso.initial_token.use": N_("Register an application with such a token"),
    "sso.key.make": N_("Make a key that signs tokens"),
    "sso.key.retire": N_("Retire a key that signs tokens"),
    "sso.key.rotate": N_("Begin the rotation of the keys that sign tokens"),
    "sso.key.see": N_("List the keys that sign tokens"),
    "sso.logout.ask": N_("Sign out by way of an application"),
    "sso.logout.deliver": N_("Tell applications that a sign-in has ended"),
    "sso.logout.see": N_("See which applications could not be told of an end"),
    "sso.storage.tidy": N_("Delete codes and tokens whose time is over"),
}

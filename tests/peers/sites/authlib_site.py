"""A site with Authlib and Flask that proves itself by a signed assertion; run by the tests."""

import json
import os
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask, Response, jsonify, session
from joserfc.jwk import ECKey

TOLD = json.loads(os.environ["SITE"])
HERE = f"http://localhost:{TOLD['port']}"

app = Flask(__name__)
app.secret_key = os.urandom(32)
app.config["SESSION_COOKIE_NAME"] = "authlib"  # ports share cookies
gapura = OAuth(app).register(
    "gapura",
    client_id=TOLD["client_id"],
    client_secret=ECKey.import_key(TOLD["key"]),
    server_metadata_url=f"{TOLD['issuer']}/.well-known/openid-configuration",
    client_auth_methods=[PrivateKeyJWT(alg="ES256", headers={"kid": TOLD["key"]["kid"]})],
    client_kwargs={
        "scope": "openid profile email offline_access",
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "private_key_jwt",
        "revocation_endpoint_auth_method": "private_key_jwt",
    },
)
# The cookie of Flask is too small for tokens; one person at a time is enough here.
kept: dict[str, Any] = {}


@app.get("/")
def home() -> Response:
    return jsonify(session.get("person"))


@app.get("/login")
def login() -> Any:
    return gapura.authorize_redirect(f"{HERE}/back", prompt="consent")


@app.get("/back")
def back() -> Any:
    try:
        kept.update(gapura.authorize_access_token())
    except OAuthError as error:
        return {"refused": error.error}, 400
    session["person"] = {"claims": kept["userinfo"], "userinfo": gapura.userinfo(token=kept)}
    return jsonify(session["person"])


def _line() -> Any:
    return gapura._get_oauth_client(**gapura.load_server_metadata())


@app.get("/refresh")
def refresh() -> Any:
    endpoint = gapura.load_server_metadata()["token_endpoint"]
    try:
        got = _line().refresh_token(endpoint, refresh_token=kept["refresh_token"])
    except OAuthError as error:
        return {"refused": error.error}, 400
    fresh = got["access_token"] != kept["access_token"]
    rotated = got.get("refresh_token", kept["refresh_token"]) != kept["refresh_token"]
    kept.update(got)
    return {"fresh": fresh, "rotated": rotated, "userinfo": gapura.userinfo(token=kept)}


@app.get("/introspect")
def introspect() -> Any:
    endpoint = gapura.load_server_metadata()["introspection_endpoint"]
    return _line().introspect_token(endpoint, token=kept["access_token"]).json()


@app.get("/revoke")
def revoke() -> Any:
    endpoint = gapura.load_server_metadata()["revocation_endpoint"]
    answer = _line().revoke_token(endpoint, kept["refresh_token"], "refresh_token")
    return {"status": answer.status_code}


@app.get("/leave")
def leave() -> Any:
    session.pop("person", None)
    return gapura.logout_redirect(f"{HERE}/left", id_token_hint=kept["id_token"])


@app.get("/left")
def left() -> Any:
    return {"left": gapura.validate_logout_response()["post_logout_redirect_uri"]}


if __name__ == "__main__":
    app.run("127.0.0.1", TOLD["port"])

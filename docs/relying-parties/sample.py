"""A site where people sign in and out with gapura: Flask and Authlib, under 60 lines of code."""

import os

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, jsonify, redirect, request, session
from joserfc import errors, jwk, jwt

ISSUER, HERE = os.environ["ISSUER"], os.environ["HERE"]  # https://gapura..., https://your-site...
EVENT = "http://schemas.openid.net/event/backchannel-logout"
app = Flask(__name__)
app.secret_key, app.config["SESSION_COOKIE_NAME"] = os.environ["SECRET_KEY"], "sample"
gapura = OAuth(app).register(
    "gapura", client_id=os.environ["CLIENT_ID"], client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
)  # fmt: skip
ended = set()  # sessions that ended at gapura; a site with several processes uses a database


@app.get("/")
def home():
    if session.get("sid") in ended:
        session.clear()
    return jsonify(session.get("name"))


@app.get("/login")
def login():
    return gapura.authorize_redirect(f"{HERE}/back")  # with state, nonce and PKCE


@app.get("/back")
def back():
    try:  # state, code, signature, issuer, audience, time and nonce are checked in here
        token = gapura.authorize_access_token()
    except OAuthError as error:
        return jsonify(error.error), 400
    who = token["userinfo"] | gapura.userinfo(token=token)  # the ID token, and who it is about
    session.update(sub=who["sub"], sid=who["sid"], name=who["name"], id_token=token["id_token"])
    return redirect("/")


@app.get("/logout")
def logout():
    mine = dict(session)
    session.clear()
    return gapura.logout_redirect(f"{HERE}/", id_token_hint=mine.get("id_token"))


@app.post("/ended")  # by gapura's server, when a session ends (Back-Channel Logout 1.0, 2.6)
def ended_there():
    must = {"essential": True}
    rules = {"iss": must | {"value": ISSUER}, "aud": must | {"value": gapura.client_id}}
    try:
        keys = jwk.KeySet.import_key_set(gapura.fetch_jwk_set(force=True))
        token = jwt.decode(request.form["logout_token"], keys, algorithms=["ES256"])
        jwt.JWTClaimsRegistry(**rules, sid=must, events=must, exp=must).validate(token.claims)
    except errors.JoseError:
        return "", 400
    if token.header.get("typ") != "logout+jwt" or EVENT not in token.claims["events"]:
        return "", 400
    ended.add(token.claims["sid"])
    return ""

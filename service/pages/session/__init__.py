"""The reader of a page, and how a browser proves who that is.

- `signer`     signs forms and cookies, and knows the site's own origin
- `sessions`   the signer and the tokens that people sign in with
- `cookies`    reads and writes cookies
- `user`       who is signed in
- `visitor`    browsers that vote without an account
- `person`     whoever looks at a page: signed in, a visitor, or nobody known
- `forms`      reads forms that this site's pages sent
- `redirects`  where to go after a form
"""

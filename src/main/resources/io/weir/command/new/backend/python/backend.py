"""Answers the pushes that Weir asks about. Start it: PORT=9000 @NAME@_SECRET=whsec_… python3 backend.py"""
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["@NAME@_SECRET"].removeprefix("whsec_"))


def answer(push):
    """The reply as replies.yaml has it, None for none."""
    if push["type"] == "weixin.event.CLICK":
        return {"text": "You tapped " + push["data"]["EventKey"]}
    if push["type"] == "weixin.message.text":
        return {"text": "You said " + push["data"]["Content"]}


def is_genuine(headers, body):
    """The signature of Standard Webhooks, not older than five minutes."""
    at = headers.get("webhook-timestamp", "")
    signed = f"{headers.get('webhook-id')}.{at}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
    given = headers.get("webhook-signature", "").split()
    return at.isdigit() and abs(time.time() - int(at)) < 300 and any(hmac.compare_digest(expected, each) for each in given)


class Backend(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        genuine = is_genuine(self.headers, body)
        reply = answer(json.loads(body)) if genuine else None
        text = json.dumps(reply).encode() if reply else b""
        self.send_response(200 if reply else 204 if genuine else 401)
        self.send_header("content-type", "application/json")
        if reply or not genuine:
            self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Backend).serve_forever()

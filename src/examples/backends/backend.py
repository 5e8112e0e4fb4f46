"""A backend of Weir. Start it: PORT=9000 SHOP_SECRET=whsec_… python3 backend.py"""
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SHOP_SECRET"].removeprefix("whsec_"))

def answer(push):
    if push["type"] == "weixin.event.CLICK":
        return {"text": "You tapped " + push["data"]["EventKey"]}
    if push["type"] == "weixin.message.text":
        return {"text": "You said " + push["data"]["Content"]}

class Backend(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        signed = "{webhook-id}.{webhook-timestamp}.".format(**{k.lower(): v for k, v in self.headers.items()}).encode() + body
        expected = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        genuine = any(hmac.compare_digest(expected, each) for each in self.headers["webhook-signature"].split())
        reply = answer(json.loads(body)) if fresh and genuine else None
        text = json.dumps(reply).encode() if reply else b""
        self.send_response(200 if reply else 204 if fresh and genuine else 401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Backend).serve_forever()

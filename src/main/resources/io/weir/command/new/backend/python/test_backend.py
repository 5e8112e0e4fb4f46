"""Asks the backend as Weir does. Run it: python3 -m unittest"""
import base64, hashlib, hmac, http.client, json, os, threading, time, unittest

SECRET = b"a secret of the test"
os.environ["@NAME@_SECRET"] = "whsec_" + base64.b64encode(SECRET).decode()
from backend import Backend, ThreadingHTTPServer


class BackendTest(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        self.server.RequestHandlerClass.log_message = lambda *words: None
        threading.Thread(target=self.server.serve_forever).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def ask(self, kind, data, secret=SECRET):
        body = json.dumps({"specversion": "1.0", "id": "1", "type": kind, "data": data}).encode()
        at = str(int(time.time()))
        signature = base64.b64encode(hmac.digest(secret, f"1.{at}.".encode() + body, hashlib.sha256)).decode()
        headers = {"webhook-id": "1", "webhook-timestamp": at, "webhook-signature": "v1," + signature}
        connection = http.client.HTTPConnection(*self.server.server_address, timeout=5)
        connection.request("POST", "/", body, headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text) if text else None

    def test_answers_its_button(self):
        self.assertEqual((200, {"text": "You tapped V1001_@NAME@"}), self.ask("weixin.event.CLICK", {"EventKey": "V1001_@NAME@"}))

    def test_answers_nothing_to_other_kinds(self):
        self.assertEqual((204, None), self.ask("weixin.event.unsubscribe", {}))

    def test_refuses_another_secret(self):
        self.assertEqual((401, None), self.ask("weixin.event.CLICK", {"EventKey": "V1001_@NAME@"}, b"another"))


if __name__ == "__main__":
    unittest.main()

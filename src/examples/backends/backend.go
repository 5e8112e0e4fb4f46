// A backend of Weir. Start it: PORT=9000 SHOP_SECRET=whsec_… go run backend.go
package main

import ("crypto/hmac"; "crypto/sha256"; "encoding/base64"; "encoding/json"; "io"; "math"; "net/http"; "os"; "strconv"; "strings"; "time")

type push struct { Type string; Data struct { EventKey, Content string } }

var key, _ = base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SHOP_SECRET"), "whsec_"))

func isGenuine(header http.Header, body []byte) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(header.Get("webhook-id") + "." + header.Get("webhook-timestamp") + "." + string(body)))
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	timestamp, _ := strconv.ParseInt(header.Get("webhook-timestamp"), 10, 64)
	genuine := false
	for _, given := range strings.Fields(header.Get("webhook-signature")) { genuine = genuine || hmac.Equal([]byte(given), []byte(expected)) }
	return genuine && math.Abs(float64(time.Now().Unix()-timestamp)) < 300
}

func main() {
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body)
		var asked push
		if !isGenuine(in.Header, body) || json.Unmarshal(body, &asked) != nil { out.WriteHeader(401); return }
		text := map[string]string{"weixin.event.CLICK": "You tapped " + asked.Data.EventKey, "weixin.message.text": "You said " + asked.Data.Content}[asked.Type]
		if text == "" { out.WriteHeader(204); return }
		out.Header().Set("content-type", "application/json")
		json.NewEncoder(out).Encode(map[string]string{"text": text})
	}))
}

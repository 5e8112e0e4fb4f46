<?php
// A backend of Weir. Start it: SHOP_SECRET=whsec_… php -S 127.0.0.1:9000 backend.php
function answer(array $push): ?array
{
    return match ($push['type']) {
        'weixin.event.CLICK' => ['text' => 'You tapped ' . $push['data']['EventKey']],
        'weixin.message.text' => ['text' => 'You said ' . $push['data']['Content']],
        default => null,
    };
}

function isGenuine(string $body): bool
{
    $key = base64_decode(preg_replace('/^whsec_/', '', getenv('SHOP_SECRET')));
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '0';
    $signed = ($_SERVER['HTTP_WEBHOOK_ID'] ?? '') . ".$timestamp.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
    $given = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
    return abs(time() - (int) $timestamp) < 300 && array_filter($given, fn ($each) => hash_equals($expected, $each)) !== [];
}

$body = file_get_contents('php://input');
$genuine = isGenuine($body);
$reply = $genuine ? answer(json_decode($body, true)) : null;
http_response_code($reply ? 200 : ($genuine ? 204 : 401));
header('content-type: application/json');
echo $reply ? json_encode($reply) : '';

package io.weir;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import io.weir.redis.Await;
import java.util.List;

/** A DNS server that knows no name, or that of this machine under every name. */
final class NameServer implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final byte[] LOOPBACK = {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1};

    private final Vertx vertx = Vertx.vertx();
    private final DatagramSocket socket = vertx.createDatagramSocket();
    private volatile boolean known;

    NameServer() {
        Await.result(socket.handler(this::answer).listen(0, "127.0.0.1"));
    }

    /** From now on every name is this machine's. */
    void know() {
        known = true;
    }

    AddressResolverOptions options() {
        return new AddressResolverOptions()
                .addServer("127.0.0.1:" + socket.localAddress().port())
                .setSearchDomains(List.of())
                .setQueryTimeout(2_000);
    }

    private void answer(DatagramPacket packet) {
        Buffer query = packet.data();
        int end = HEADER_BYTES;
        while (query.getByte(end) != 0) {
            end += query.getByte(end) + 1;
        }
        boolean address = known && query.getShort(end + 1) == 1;
        Buffer answer = query.slice(0, 2).copy();
        answer.appendShort((short) (known ? 0x8180 : 0x8183)).appendShort((short) 1);
        answer.appendShort((short) (address ? 1 : 0)).appendInt(0);
        answer.appendBuffer(query.slice(HEADER_BYTES, end + 5));
        if (address) {
            answer.appendBytes(LOOPBACK);
        }
        socket.send(answer, packet.sender().port(), packet.sender().host());
    }

    @Override
    public void close() {
        Await.result(vertx.close());
    }
}

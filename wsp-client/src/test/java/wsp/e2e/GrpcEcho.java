package wsp.e2e;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service with a method of each kind, whose messages are bytes as they are. Safe for all threads.
 */
final class GrpcEcho {
  private static final String SERVICE = "wsp.test.Echo";

  /** Gives back what it gets. */
  static final MethodDescriptor<byte[], byte[]> UNARY = method("Unary", MethodType.UNARY);

  /** Takes many, and gives back the first byte of each. */
  static final MethodDescriptor<byte[], byte[]> UP = method("Up", MethodType.CLIENT_STREAMING);

  /** Gives back a message for each byte of what it gets. */
  static final MethodDescriptor<byte[], byte[]> DOWN = method("Down", MethodType.SERVER_STREAMING);

  /** Gives back each at once. */
  static final MethodDescriptor<byte[], byte[]> BOTH = method("Both", MethodType.BIDI_STREAMING);

  /** Never answers. */
  static final MethodDescriptor<byte[], byte[]> NEVER = method("Never", MethodType.UNARY);

  /** Calls of {@link #NEVER} that have begun. */
  final AtomicInteger waiting = new AtomicInteger();

  /** Calls of {@link #NEVER} that their callers have given up. */
  final AtomicInteger cancelled = new AtomicInteger();

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream in) {
      try {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcEcho::unary))
        .addMethod(UP, ServerCalls.asyncClientStreamingCall(GrpcEcho::up))
        .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(GrpcEcho::down))
        .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(GrpcEcho::both))
        .addMethod(NEVER, ServerCalls.asyncUnaryCall(this::never))
        .build();
  }

  private static void unary(byte[] message, StreamObserver<byte[]> to) {
    to.onNext(message);
    to.onCompleted();
  }

  private static void down(byte[] message, StreamObserver<byte[]> to) {
    for (byte b : message) to.onNext(new byte[] {b});
    to.onCompleted();
  }

  private static StreamObserver<byte[]> both(StreamObserver<byte[]> to) {
    return new Taker(to) {
      @Override
      public void onNext(byte[] message) {
        to.onNext(message);
      }
    };
  }

  private static StreamObserver<byte[]> up(StreamObserver<byte[]> to) {
    StringBuilder firsts = new StringBuilder();
    return new Taker(to) {
      @Override
      public void onNext(byte[] message) {
        firsts.append((char) message[0]);
      }

      @Override
      public void onCompleted() {
        to.onNext(firsts.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        to.onCompleted();
      }
    };
  }

  /** Ends when its caller does. */
  private abstract static class Taker implements StreamObserver<byte[]> {
    private final StreamObserver<byte[]> to;

    Taker(StreamObserver<byte[]> to) {
      this.to = to;
    }

    @Override
    public void onError(Throwable why) {
      // The call is over, and nobody can be told.
    }

    @Override
    public void onCompleted() {
      to.onCompleted();
    }
  }

  private void never(byte[] message, StreamObserver<byte[]> to) {
    ((ServerCallStreamObserver<byte[]>) to).setOnCancelHandler(cancelled::incrementAndGet);
    waiting.incrementAndGet();
  }
}

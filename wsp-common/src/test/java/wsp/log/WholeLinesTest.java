package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.log.WholeLines.LinesLostException;

class WholeLinesTest {
  @TempDir Path dir;

  private static void write(WholeLines to, String text) throws IOException {
    byte[] bytes = ("#" + text).getBytes(StandardCharsets.UTF_8);
    to.write(bytes, 1, bytes.length - 1);
  }

  private Path file() {
    return dir.resolve("a.log");
  }

  /** Room for so many bytes more, where the system takes what fits and then nothing. */
  @ParameterizedTest
  @CsvSource({"0,'',3", "3,'',3", "4,one,2", "6,one,2", "8,'one|two',1", "13,'one|two',1"})
  void whatAFullDiskHasTakenOfALineIsTakenBack(int room, String whole, int lost)
      throws IOException {
    try (FullDisk disk = new FullDisk(file())) {
      WholeLines lines = new WholeLines(disk, true);
      disk.room = 100;
      write(lines, "zero\n");
      disk.room = room;
      LinesLostException e =
          assertThrows(LinesLostException.class, () -> write(lines, "one\ntwo\nthree\n"));
      assertEquals(lost, e.lines());
      String there = whole.isEmpty() ? "" : whole.replace('|', '\n') + "\n";
      assertEquals("zero\n" + there, Files.readString(file()));
      disk.room = 100;
      write(lines, "four\n");
      assertEquals("zero\n" + there + "four\n", Files.readString(file()));
    }
  }

  @Test
  void whatGivesNothingBackHasTheNextLineOnALineOfItsOwn() throws IOException {
    try (FullDisk disk = new FullDisk(file())) {
      WholeLines lines = new WholeLines(disk, false);
      disk.room = 6;
      assertThrows(LinesLostException.class, () -> write(lines, "one\ntwo\n"));
      disk.room = 100;
      write(lines, "three\n");
    }
    assertEquals("one\ntw\nthree\n", Files.readString(file()));
  }

  /** A pipe that is full, and that another program has made non-blocking. */
  @Test
  void whatTakesNothingForNowIsWaitedFor() throws IOException {
    AtomicInteger rests = new AtomicInteger();
    try (FullDisk pipe = new FullDisk(file())) {
      pipe.fullForNow = true;
      WholeLines lines =
          new WholeLines(
              pipe,
              false,
              () -> {
                rests.incrementAndGet();
                pipe.room = 4;
              });
      write(lines, "one\ntwo\nthree\n");
    }
    assertEquals("one\ntwo\nthree\n", Files.readString(file()));
    assertEquals(4, rests.get());
  }

  @Test
  void theEndOfAHalfLineIsWaitedForToo() throws IOException {
    try (FullDisk pipe = new FullDisk(file())) {
      WholeLines lines = new WholeLines(pipe, false, () -> pipe.room = 100);
      pipe.room = 2;
      assertThrows(LinesLostException.class, () -> write(lines, "one\n"));
      pipe.fullForNow = true;
      write(lines, "two\n");
    }
    assertEquals("on\ntwo\n", Files.readString(file()));
  }

  @Test
  void whatAnotherProgramHasWrittenAfterItStays() throws IOException {
    try (FullDisk disk = new FullDisk(file())) {
      WholeLines lines = new WholeLines(disk, true);
      disk.room = 2;
      disk.other = "other\n";
      assertThrows(LinesLostException.class, () -> write(lines, "one\n"));
      disk.room = 100;
      write(lines, "two\n");
    }
    assertEquals("onother\n\ntwo\n", Files.readString(file()));
  }

  /** A file on a disk that has room for so much. */
  private static final class FullDisk extends FileChannel {
    private final Path path;
    private final FileChannel channel;
    private int room;
    private boolean fullForNow;
    private String other = "";

    FullDisk(Path path) throws IOException {
      this.path = path;
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      if (room == 0 && fullForNow) return 0;
      if (room == 0) {
        if (!other.isEmpty()) Files.writeString(path, other, StandardOpenOption.APPEND);
        other = "";
        throw new IOException("No space left on device");
      }
      ByteBuffer part = from.slice();
      part.limit(Math.min(room, part.remaining()));
      int n = channel.write(part);
      from.position(from.position() + n);
      room -= n;
      return n;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(size);
      }
      return this;
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }

    @Override
    public int read(ByteBuffer dst) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer dst, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer src, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}

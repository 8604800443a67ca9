/* Faults of a machine for one process, by LD_PRELOAD: a file named by FAULTS says "CLOCK_OFFSET READ_ONLY SYNC_DELAY", in seconds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void look(long *offset, long *read_only, long *delay)
{
    char text[64] = {0};
    const char *path = getenv("FAULTS");
    *offset = *read_only = *delay = 0;
    int file = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
    if (file < 0)
        return;
    if (syscall(SYS_read, file, text, sizeof text - 1) > 0)
        sscanf(text, "%ld %ld %ld", offset, read_only, delay);
    syscall(SYS_close, file);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    long offset, read_only, delay;
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && clock == CLOCK_REALTIME)
    {
        look(&offset, &read_only, &delay);
        time->tv_sec += offset;
    }
    return result;
}

static int is_read_only(void)
{
    long offset, read_only, delay;
    look(&offset, &read_only, &delay);
    if (read_only)
        errno = EROFS;
    return read_only != 0;
}

static void wait_for_disk(void)
{
    long offset, read_only, delay;
    look(&offset, &read_only, &delay);
    if (delay > 0)
        sleep((unsigned)delay);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at)
{
    return is_read_only() ? -1 : (ssize_t)syscall(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at)
{
    return is_read_only() ? -1 : (ssize_t)syscall(SYS_pwrite64, file, bytes, count, at);
}

int fsync(int file)
{
    wait_for_disk();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    wait_for_disk();
    return (int)syscall(SYS_fdatasync, file);
}

/* What a power cut would leave of a folder, by LD_PRELOAD: KEPT holds, beside ROOT, only what was synced.
   KEPT/files/INODE.BIRTH is a file's content as of its last fsync or fdatasync, KEPT/folders/PATH (slashes as %) the
   names in a folder as of its last fsync: lines "f INODE.BIRTH NAME" and "d - NAME".
   POWERCUT_ROOT, POWERCUT_KEPT: the folders. POWERCUT_DEAF: syncs of files whose path ends so do nothing.
   POWERCUT_LEAK: a number; half of all writes reach the disk at once then, in no order. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FILES 1024

typedef struct { off_t at; ssize_t count; } range; /* count -1: cut off at this length */
typedef struct { dev_t device; ino_t inode; char key[64]; int kept, deaf; range *dirty; size_t count, room; } tracked;

static tracked files[MAX_FILES];
static int file_count;
static uint64_t leak;
static const char *root, *kept, *deaf;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int sys_open(const char *path, int flags)
{
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

static void kept_path(char *path, const char *kind, const char *name)
{
    snprintf(path, PATH_MAX, "%s/%s/%s", kept, kind, name);
}

static int is_inside(const char *path)
{
    size_t length = strlen(root);
    return strncmp(path, root, length) == 0 && (path[length] == 0 || path[length] == '/');
}

static int key_of(int fd, struct stat *status, char *key)
{
    struct statx more;
    if (fstat(fd, status) != 0 || statx(fd, "", AT_EMPTY_PATH, STATX_BTIME, &more) != 0)
        return -1;
    snprintf(key, 64, "%lu.%lld.%u", status->st_ino, (long long)more.stx_btime.tv_sec, more.stx_btime.tv_nsec);
    return 0;
}

static void add_range(tracked *file, off_t at, ssize_t count)
{
    if (file->count == file->room)
        file->dirty = realloc(file->dirty, sizeof(range) * (file->room = file->room == 0 ? 64 : 2 * file->room));
    file->dirty[file->count++] = (range){at, count};
}

static tracked *find(dev_t device, ino_t inode)
{
    for (int i = 0; i < file_count; i++)
    {
        if (files[i].inode == inode && files[i].device == device)
            return &files[i];
    }
    return NULL;
}

/* Notes that a file is open; called with the lock. */
static void track(int fd)
{
    char link[64], path[PATH_MAX], key[64];
    struct stat status;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return;
    path[length] = 0;
    if (!is_inside(path) || key_of(fd, &status, key) != 0 || !S_ISREG(status.st_mode))
        return;
    tracked *file = find(status.st_dev, status.st_ino);
    if (file != NULL && strcmp(file->key, key) == 0)
        return;
    if (file == NULL && file_count == MAX_FILES)
        abort();
    if (file == NULL)
        file = &files[file_count++];
    else
        close(file->kept);
    file->device = status.st_dev;
    file->inode = status.st_ino;
    file->count = 0;
    strcpy(file->key, key);
    size_t end = deaf == NULL ? 0 : strlen(deaf);
    file->deaf = end > 0 && (size_t)length >= end && strcmp(path + length - end, deaf) == 0;
    kept_path(path, "files", key);
    int is_new = access(path, F_OK) != 0;
    file->kept = sys_open(path, O_RDWR | O_CREAT);
    if (is_new && status.st_size > 0)
        add_range(file, 0, status.st_size);
}

static void copy(int from, int to, off_t at, ssize_t count)
{
    char buffer[65536];
    while (count > 0)
    {
        ssize_t n = syscall(SYS_pread64, from, buffer, count < (ssize_t)sizeof buffer ? count : (ssize_t)sizeof buffer, at);
        if (n <= 0)
            return;
        if (syscall(SYS_pwrite64, to, buffer, n, at) != n)
            abort();
        at += n;
        count -= n;
    }
}

static void wrote(int fd, off_t at, ssize_t count)
{
    struct stat status;
    if (root == NULL || (count <= 0 && count != -1) || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    pthread_mutex_lock(&lock);
    tracked *file = find(status.st_dev, status.st_ino);
    if (file != NULL)
    {
        add_range(file, at, count);
        leak = leak * 6364136223846793005ULL + 1442695040888963407ULL;
        if (leak >> 63 && count > 0 && getenv("POWERCUT_LEAK") != NULL)
        {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            int from = sys_open(link, O_RDONLY);
            copy(from, file->kept, at, count);
            close(from);
        }
    }
    pthread_mutex_unlock(&lock);
}

static void keep_file(int fd, struct stat *status)
{
    char link[64];
    tracked *file = find(status->st_dev, status->st_ino);
    if (file == NULL)
        track(fd); /* opened past this library */
    file = find(status->st_dev, status->st_ino);
    if (file == NULL || file->deaf)
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int from = sys_open(link, O_RDONLY);
    for (size_t i = 0; i < file->count; i++)
    {
        if (file->dirty[i].count < 0)
            syscall(SYS_ftruncate, file->kept, file->dirty[i].at);
        else
            copy(from, file->kept, file->dirty[i].at, file->dirty[i].count);
    }
    syscall(SYS_ftruncate, file->kept, status->st_size);
    file->count = 0;
    close(from);
}

static void keep_folder(const char *path)
{
    char name[PATH_MAX], target[PATH_MAX], part[PATH_MAX + 8], key[64];
    struct stat status;
    snprintf(name, sizeof name, "%%%s", path + strlen(root));
    for (char *c = name; *c; c++)
        *c = *c == '/' ? '%' : *c;
    kept_path(target, "folders", name);
    snprintf(part, sizeof part, "%s.new", target);
    FILE *list = fopen(part, "w");
    DIR *folder = opendir(path);
    if (list == NULL || folder == NULL)
        abort();
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (entry->d_type == DT_DIR)
        {
            fprintf(list, "d - %s\n", entry->d_name);
            continue;
        }
        int fd = (int)syscall(SYS_openat, dirfd(folder), entry->d_name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0);
        if (fd >= 0 && key_of(fd, &status, key) == 0 && S_ISREG(status.st_mode))
            fprintf(list, "f %s %s\n", key, entry->d_name);
        if (fd >= 0)
            close(fd);
    }
    closedir(folder);
    fclose(list);
    rename(part, target);
}

/* What is there at the start outlived earlier cuts. */
static void keep_all(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
    {
        char inner[PATH_MAX];
        struct stat status;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            keep_all(inner);
        int fd = entry->d_type == DT_REG ? sys_open(inner, O_RDONLY) : -1;
        if (fd < 0)
            continue;
        track(fd);
        if (fstat(fd, &status) == 0)
            keep_file(fd, &status);
        close(fd);
    }
    if (folder != NULL)
        closedir(folder);
    keep_folder(path);
}

__attribute__((constructor)) static void begin(void)
{
    char path[PATH_MAX];
    root = getenv("POWERCUT_ROOT");
    kept = getenv("POWERCUT_KEPT");
    deaf = NULL;
    if (root == NULL || kept == NULL)
    {
        root = NULL;
        return;
    }
    leak = getenv("POWERCUT_LEAK") == NULL ? 0 : strtoull(getenv("POWERCUT_LEAK"), NULL, 10);
    kept_path(path, "folders", "%");
    if (access(path, F_OK) != 0)
        keep_all(root);
    deaf = getenv("POWERCUT_DEAF");
    file_count = 0;
}

static int opened(int fd, int flags)
{
    struct stat status;
    if (root == NULL || fd < 0)
        return fd;
    pthread_mutex_lock(&lock);
    track(fd);
    pthread_mutex_unlock(&lock);
    if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY && fstat(fd, &status) == 0)
        wrote(fd, 0, -1);
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        return opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), flags); \
    }
#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) \
    { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        return opened((int)syscall(SYS_openat, folder, path, flags, mode), flags); \
    }
#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *bytes, size_t count, offset at) \
    { \
        ssize_t n = syscall(SYS_pwrite64, fd, bytes, count, at); \
        wrote(fd, at, n); \
        return n; \
    }
#define PWRITEV(name, offset) \
    ssize_t name(int fd, const struct iovec *parts, int count, offset at) \
    { \
        ssize_t n = syscall(SYS_pwritev, fd, parts, count, at, 0); \
        wrote(fd, at, n); \
        return n; \
    }
#define TRUNCATE(name, offset) \
    int name(int fd, offset length) \
    { \
        int result = (int)syscall(SYS_ftruncate, fd, length); \
        if (result == 0) \
            wrote(fd, length, -1); \
        return result; \
    }
#define SYNC(name, number) \
    int name(int fd) \
    { \
        int result = (int)syscall(number, fd); \
        return result == 0 ? synced(fd) : result; \
    }

static int synced(int fd)
{
    struct stat status;
    char link[64], path[PATH_MAX];
    if (root == NULL || fstat(fd, &status) != 0)
        return 0;
    pthread_mutex_lock(&lock);
    if (S_ISREG(status.st_mode))
        keep_file(fd, &status);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = S_ISDIR(status.st_mode) ? readlink(link, path, sizeof path - 1) : -1;
    if (length > 0)
    {
        path[length] = 0;
        if (is_inside(path))
            keep_folder(path);
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
SYNC(fsync, SYS_fsync)
SYNC(fdatasync, SYS_fdatasync)

/* What is imported from libc by name, past this library, is found here. */
void *dlsym(void *restrict handle, const char *restrict name)
{
    static void *(*real)(void *, const char *);
    if (real == NULL)
        real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (real == NULL)
        real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    return strcmp(name, "fsync") == 0 ? (void *)fsync : real(handle, name);
}

static off_t place_of(int fd)
{
    return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    ssize_t n = syscall(SYS_write, fd, bytes, count);
    if (root != NULL && n > 0)
        wrote(fd, place_of(fd) - n, n);
    return n;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    ssize_t n = syscall(SYS_writev, fd, parts, count);
    if (root != NULL && n > 0)
        wrote(fd, place_of(fd) - n, n);
    return n;
}

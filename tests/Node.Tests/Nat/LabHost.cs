using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>
/// A network namespace with one interface, which ends in the test; what is started on its thread lives in it. It is
/// gone with the thread and its processes.
/// </summary>
internal sealed class LabHost : IDisposable
{
    private const int NewNetwork = 0x4000_0000;
    private const int ReadWrite = 2;
    private const ulong SetInterface = 0x4004_54CA;
    private const short TunWithoutHeader = 0x1001;
    private const int Mtu = 1_500;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly Action<LabHost, byte[]> _leaving;
    private readonly TaskCompletionSource<int> _ready = new();
    private readonly int _tun;

    /// <summary>Makes the namespace.</summary>
    /// <param name="inner">The host's own address.</param>
    /// <param name="outer">The address that others see; the own one without a NAT.</param>
    /// <param name="kind">What is between.</param>
    /// <param name="leaving">Takes what the host sends.</param>
    public LabHost(string inner, string outer, NatKind kind, Action<LabHost, byte[]> leaving)
    {
        (Inner, Outer, _leaving) = (IPAddress.Parse(inner), IPAddress.Parse(outer), leaving);
        Nat = kind == NatKind.None ? null : new Translation(kind, Inner, Outer);
        _thread = new Thread(Work) { IsBackground = true, Name = $"host {inner}" };
        _thread.Start();
        _tun = _ready.Task.GetAwaiter().GetResult();
        new Thread(Listen) { IsBackground = true, Name = $"tun {inner}" }.Start();
    }

    public IPAddress Inner { get; }

    public IPAddress Outer { get; }

    public Translation? Nat { get; }

    /// <summary>Whether this machine lets a test make such hosts.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.UserName == "root"
        && File.Exists("/dev/net/tun") && Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "ip")));

    /// <summary>Does something in the namespace, such as starting a process.</summary>
    public Task<T> RunAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Gives the host a packet.</summary>
    // a full queue loses it, as networks do
    public void Deliver(byte[] packet) => _ = Write(_tun, packet, packet.Length);

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Control(int file, ulong request, byte[] argument);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(int file, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int file, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int CloseFile(int file);

    private void Work()
    {
        try
        {
            _ready.SetResult(Prepare());
        }
        catch (Exception e)
        {
            _ready.SetException(e);
            return;
        }
        foreach (var action in _work.GetConsumingEnumerable())
            action();
        Ip("link del tun0"); // who waits for a packet is woken
        _ = CloseFile(_tun);
    }

    private int Prepare()
    {
        Check(Unshare(NewNetwork), "unshare");
        var file = Open("/dev/net/tun", ReadWrite);
        Check(file, "open /dev/net/tun");
        var request = new byte[40];
        "tun0"u8.CopyTo(request);
        BitConverter.GetBytes(TunWithoutHeader).CopyTo(request, 16);
        Check(Control(file, SetInterface, request), "TUNSETIFF");
        foreach (var words in new[] { "link set lo up", $"addr add {Inner}/24 dev tun0", $"link set tun0 mtu {Mtu} up",
            "route add default dev tun0" })
        {
            if (Ip(words) != 0)
                throw new InvalidOperationException($"ip {words} failed");
        }
        return file;
    }

    private static int Ip(string words)
    {
        using var ip = Process.Start("ip", words.Split(' '));
        ip.WaitForExit();
        return ip.ExitCode;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
            throw new InvalidOperationException($"{what}: error {Marshal.GetLastPInvokeError()}");
    }

    private void Listen()
    {
        var buffer = new byte[Mtu + 100];
        while (Read(_tun, buffer, buffer.Length) is > 0 and var count)
            _leaving(this, buffer[..(int)count]);
    }
}

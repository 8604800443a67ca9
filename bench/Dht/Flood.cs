using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>
/// Another process asks one node for a value as fast as it answers, so that this one's processor time is the node's
/// alone.
/// </summary>
internal static class Flood
{
    /// <summary>The first argument of the asking process; port, key and seconds follow.</summary>
    public const string Command = "flood";

    private const int Window = 64;
    private const int Seconds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a node answers with a value.</summary>
    public static async Task<bool> AsksAsync(NodeAddress node, NodeId key)
    {
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await client.SendAsync(Request(key, 0), node.ToIPEndPoint());
        using var limit = new CancellationTokenSource(Patience);
        var reply = await client.ReceiveAsync(limit.Token);
        return reply.Buffer[21] == 0x81;
    }

    /// <summary>Answers a second of processor time, and what one costs.</summary>
    public static async Task<Figures> MeasureAsync(NodeAddress node, NodeId key)
    {
        await AskAsync(node, key, 1);
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var answers = await AskAsync(node, key, Seconds);
        var used = Environment.CpuUsage.TotalTime - cpu;
        return new Figures
        {
            Operations = answers,
            PerSecond = Meter.Round(answers / used.TotalSeconds),
            CpuUs = Meter.Round(used.TotalMicroseconds / answers),
            Bytes = Meter.Round((GC.GetTotalAllocatedBytes() - allocated) / (double)answers),
        };
    }

    /// <summary>The asking process: prints how many answers came.</summary>
    public static void Run(ushort port, string key, int seconds)
    {
        using var socket = new Socket(
            AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        { ReceiveTimeout = 50 };
        socket.Connect(IPAddress.Loopback, port);
        var id = NodeId.TryParse(key, out var parsed) ? parsed : throw new ArgumentException("not a key", nameof(key));
        var (request, buffer, answers, sent) = (Request(id, 1), new byte[2048], 0, 0);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
        {
            for (; sent < Window; sent++)
                socket.Send(request);
            try
            {
                socket.Receive(buffer);
                (answers, sent) = (answers + 1, sent - 1);
            }
            catch (SocketException)
            {
                sent = 0; // what is missing was lost
            }
        }
        Console.WriteLine(answers.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<int> AskAsync(NodeAddress node, NodeId key, int seconds)
    {
        string[] arguments = [Command, $"{node.Port}", $"{key}", $"{seconds}"];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answers = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return int.Parse(answers, CultureInfo.InvariantCulture);
    }

    /// <summary>A find_value request, as the Python peers write it, with the key as message id and sender.</summary>
    private static byte[] Request(NodeId key, byte sender)
    {
        var (asker, id) = (key.ToBytes(), key.ToBytes());
        asker[0] ^= sender;
        return
        [
            0, .. asker, 0x92, 0xAA, .. "find_value"u8, 0x92,
            0xC4, 20, .. asker, 0xC4, 20, .. id, 0xD4, (byte)'N', 1,
        ];
    }
}

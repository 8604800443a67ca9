using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>
/// One connection, kept open, with one request at a time; from an address of loopback that is its own.
/// </summary>
/// <remarks>
/// HTTP by hand: clients and node share the processors, and a client's library would take a large part.
/// </remarks>
internal sealed class Client : IAsyncDisposable
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private readonly TcpClient _tcp;
    private readonly SslStream _tls;
    private readonly byte[] _buffer = new byte[32 * 1024];

    private Client(TcpClient tcp, SslStream tls) => (_tcp, _tls) = (tcp, tls);

    /// <summary>Connects, shakes hands, and looks at the pin.</summary>
    public static async Task<Client> ConnectAsync(NodeUnderLoad node, int number)
    {
        var tcp = new TcpClient(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + number)]), 0)) { NoDelay = true };
        await tcp.ConnectAsync(node.Https);
        var tls = new SslStream(tcp.GetStream(), false, (_, shown, _, _) =>
            shown?.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(node.Pin) == true);
        await tls.AuthenticateAsClientAsync("node");
        return new Client(tcp, tls);
    }

    /// <summary>Sends a body and reads the whole answer.</summary>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> PostAsync(ServiceKind kind, ReadOnlyMemory<byte> body)
    {
        var head = $"POST {ServiceRoute.Of(kind).Path} HTTP/1.1\r\nHost: node\r\nContent-Type: "
            + $"{ServiceRoute.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n";
        var request = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        var size = Encoding.ASCII.GetBytes(head, request);
        body.CopyTo(request.AsMemory(size));
        await _tls.WriteAsync(request.AsMemory(0, size + body.Length));
        ArrayPool<byte>.Shared.Return(request);
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body)> ReadAsync()
    {
        var (count, bodyAt) = (0, 0);
        while (bodyAt == 0)
        {
            count += await ReadSomeAsync(count);
            var end = _buffer.AsSpan(0, count).IndexOf(EndOfHead);
            bodyAt = end < 0 ? 0 : end + EndOfHead.Length;
        }

        var head = Encoding.ASCII.GetString(_buffer, 0, bodyAt);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var length = LengthOf(head);
        // a problem comes in chunks, of which the last one is empty
        while (length is { } size ? count < bodyAt + size : !_buffer.AsSpan(0, count).EndsWith("0\r\n\r\n"u8))
            count += await ReadSomeAsync(count);
        return (status, _buffer.AsMemory(bodyAt, count - bodyAt));
    }

    private async Task<int> ReadSomeAsync(int count) =>
        await _tls.ReadAsync(_buffer.AsMemory(count)) is > 0 and var read
            ? read
            : throw new IOException("The node closed the connection.");

    private static int? LengthOf(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var number = head.AsSpan(at + Name.Length);
        return int.Parse(number[..number.IndexOf('\r')], CultureInfo.InvariantCulture);
    }
}

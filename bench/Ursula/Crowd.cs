using System.Diagnostics;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>All clients with their connections.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int PoliciesEach = 5;

    private readonly NodeUnderLoad _node;
    private readonly Client[] _clients;
    private readonly Customer[] _customers;

    private Crowd(NodeUnderLoad node, Client[] clients, Customer[] customers) =>
        (_node, _clients, _customers) = (node, clients, customers);

    public int Count => _clients.Length;

    /// <summary>Connects everybody.</summary>
    public static async Task<Crowd> ConnectAsync(NodeUnderLoad node, int count)
    {
        var clients = new Client[count];
        for (var i = 0; i < count; i++)
            clients[i] = await Client.ConnectAsync(node, i);
        return new Crowd(node, clients, [.. Enumerable.Range(0, count).Select(_ => new Customer(node.Target))]);
    }

    /// <summary>Connects everybody anew: the node was started again.</summary>
    public async Task ReconnectAsync()
    {
        for (var i = 0; i < _clients.Length; i++)
        {
            await _clients[i].DisposeAsync();
            _clients[i] = await Client.ConnectAsync(_node, i);
        }
    }

    /// <summary>Gives everybody some policies for a day, to be asked about.</summary>
    public Task PrepareAsync() => Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(async () =>
    {
        for (var policy = 0; policy < PoliciesEach; policy++)
        {
            var order = _customers[i].MakeOrder(TimeProvider.System.GetUtcNow().AddDays(1));
            if ((await DepositAsync(i, order)).Status != 200)
                throw new InvalidOperationException("The node took no deposit.");
            _customers[i].Keep(order);
        }
    })));

    /// <summary>Everybody does one thing after the other until the time is over, or so many were done.</summary>
    /// <param name="part">For the report.</param>
    /// <param name="duration">When it is over.</param>
    /// <param name="doAsync">One thing of one client.</param>
    /// <param name="most">At most so many things, of all together.</param>
    /// <param name="interval">From one thing of a client to his next, if that was answered by then; none: at
    /// once.</param>
    public async Task<Figures> RunAsync(
        string part, TimeSpan duration, Func<int, Task<(int Status, TimeSpan Took)>> doAsync, int most = int.MaxValue,
        TimeSpan interval = default)
    {
        var tally = new Tally();
        var (cpu, own, watch) = (_node.Cpu, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var left = most;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(async () =>
        {
            var next = interval * ((double)i / Count);
            while (watch.Elapsed < duration && Interlocked.Decrement(ref left) >= 0)
            {
                if (next - watch.Elapsed is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
                next += interval;
                var (status, took) = await doAsync(i);
                tally.Add(status, took);
            }
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        return tally.Report(part, elapsed, _node.Cpu - cpu, Environment.CpuUsage.TotalTime - own, _node.Megabytes);
    }

    /// <summary>A deposit until then; the time is that of the last request, to the receipt.</summary>
    public Task<(int Status, TimeSpan Took)> DepositAsync(int client, DateTimeOffset end) =>
        DepositAsync(client, _customers[client].MakeOrder(end));

    public Task<(int Status, TimeSpan Took)> ReencryptAsync(int client, int capsules) =>
        TimeAsync(client, ServiceKind.Reencrypt, _customers[client].MakeRequest(capsules));

    /// <summary>What is no request: TLS, HTTP and a refusal, nothing else.</summary>
    public Task<(int Status, TimeSpan Took)> KnockAsync(int client) =>
        TimeAsync(client, ServiceKind.Reencrypt, new byte[100]);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        foreach (var customer in _customers)
            customer.Dispose();
    }

    private async Task<(int Status, TimeSpan Took)> DepositAsync(int client, Customer.Order order)
    {
        var proposed = await TimeAsync(client, ServiceKind.ProposeArrangement, order.Proposal);
        return proposed.Status == 200
            ? await TimeAsync(client, ServiceKind.DepositKeyFrag, order.Deposit)
            : proposed;
    }

    private async Task<(int Status, TimeSpan Took)> TimeAsync(int client, ServiceKind kind, ReadOnlyMemory<byte> body)
    {
        var began = Stopwatch.GetTimestamp();
        var (status, _) = await _clients[client].PostAsync(kind, body);
        return (status, Stopwatch.GetElapsedTime(began));
    }
}

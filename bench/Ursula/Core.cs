using NuCypher.P2P.Actors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>What an Ursula's rules cost by themselves.</summary>
internal static class Core
{
    private const int WarmUp = 1000; // until the compiler has done its best
    private const int Rounds = 400;

    private static readonly RandomSource Random = new OperatingSystemRandom();

    public static CoreTimes Measure()
    {
        using var ursula = Identity.Random(Random);
        using var customer = new Customer(new ServiceTarget(
            ursula.Id, ursula.VerifyingKey, ursula.EncryptingKey, new ServiceAddress("127.0.0.1", 1, default)));
        var end = TimeProvider.System.GetUtcNow().AddDays(1);
        Customer.Order[] orders = [.. Enumerable.Range(0, WarmUp + Rounds).Select(_ => customer.MakeOrder(end))];
        UrsulaPolicy[] policies =
            [.. orders.Select(order => new UrsulaPolicy(order.Policy, ursula.Proxy, new UrsulaOptions()))];
        var propose = Each(i => Decide(policies[i], ServiceKind.ProposeArrangement, orders[i].Proposal));
        var deposit = Each(i => Decide(policies[i], ServiceKind.DepositKeyFrag, orders[i].Deposit));
        customer.Keep(orders[0]);
        var times = new CoreTimes(propose, deposit, Reencrypt(1), Reencrypt(16));
        Array.ForEach(policies, policy => policy.Dispose());
        return times;

        double Reencrypt(int capsules)
        {
            using var policy = new UrsulaPolicy(
                orders[0].Policy, ursula.Proxy, new UrsulaOptions { MaxNonces = WarmUp + Rounds });
            Decide(policy, ServiceKind.ProposeArrangement, orders[0].Proposal);
            Decide(policy, ServiceKind.DepositKeyFrag, orders[0].Deposit);
            ReadOnlyMemory<byte>[] requests =
                [.. Enumerable.Range(0, WarmUp + Rounds).Select(_ => customer.MakeRequest(capsules))];
            return Each(i => Decide(policy, ServiceKind.Reencrypt, requests[i]));
        }
    }

    private static double Each(Action<int> act)
    {
        for (var i = 0; i < WarmUp; i++)
            act(i);
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = WarmUp; i < WarmUp + Rounds; i++)
            act(i);
        return Machine.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Rounds);
    }

    private static void Decide(UrsulaPolicy policy, ServiceKind kind, ReadOnlyMemory<byte> body)
    {
        var time = ClockReading.Certain(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        if (!UrsulaRequest.TryRead(kind, body.Span, out var request, out _))
            throw new InvalidOperationException("The bench made no request.");
        var decision = policy.Decide(request, default, time, Random);
        if (!decision.IsAccepted)
            throw new InvalidOperationException($"Refused: {decision.Refusal}.");
        foreach (var policyEvent in decision.Events)
            policy.Apply(policyEvent);
    }
}

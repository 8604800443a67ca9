using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// One service call over the simulated network: a request there, a reply back, each repeated like TCP until it passes.
/// </summary>
/// <remarks>Ends with exactly one answer: the time limit counts from the beginning, whatever is under way.</remarks>
internal sealed class ServiceExchange
{
    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxRetransmission = TimeSpan.FromSeconds(3);

    private readonly SimulatedNetwork _network;
    private readonly SimulatedHost _caller;
    private readonly ServiceCall _call;
    private readonly Action<ServiceAnswer> _answer;
    private readonly ITimer _limit;
    private readonly ConnectionSeat _seat;
    private SimulatedHost? _target;
    private bool _isOver;

    private ServiceExchange(
        SimulatedNetwork network, SimulatedHost caller, ServiceCall call, Action<ServiceAnswer> answer)
    {
        (_network, _caller, _call, _answer) = (network, caller, call, answer);
        _seat = new ConnectionSeat(caller.Address.Address, SendAway);
        var timeLimit = call.TimeLimit > TimeSpan.Zero ? call.TimeLimit : TimeSpan.Zero;
        _limit = network.Time.CreateTimer(_ => End(ServiceStatus.TimedOut), null, timeLimit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the call.</summary>
    public static void Start(
        SimulatedNetwork network, SimulatedHost caller, SimulatedHost? target, ServiceCall call,
        Action<ServiceAnswer> answer)
    {
        network.Counters.Calls++;
        network.Counters.Bytes += call.Body.Length;
        network.CallTap?.Invoke(call.Body);
        var exchange = new ServiceExchange(network, caller, call, answer) { _target = target };
        if (target is null)
            exchange.End(ServiceStatus.Unreachable);
        else
            exchange.Transfer(caller, target, Handshakes + 1, FirstRetransmission, exchange.Arrive);
    }

    /// <summary>Round trips before the request leaves: TCP's and TLS's, counted as one way each.</summary>
    private const int Handshakes = 3;

    private void Transfer(SimulatedHost from, SimulatedHost to, int ways, TimeSpan retransmission, Action arrive)
    {
        if (_isOver)
            return;
        var passes = !_network.IsCut(from, to) && !_network.IsCut(to, from) && !from.IsClogged && !to.IsClogged
            && !_network.Conditions.Loss.Draw(_network.Random);
        if (passes)
        {
            _network.Time.Schedule(DrawDelay(from, to, ways), arrive);
            return;
        }

        var next = retransmission + retransmission;
        _network.Time.Schedule(
            retransmission, () => Transfer(
                from, to, ways, next < MaxRetransmission ? next : MaxRetransmission, arrive));
    }

    private TimeSpan DrawDelay(SimulatedHost from, SimulatedHost to, int ways)
    {
        var delay = TimeSpan.Zero;
        for (var way = 0; way < ways; way++)
            delay += _network.DrawDelay(from, to);
        return _network.Conditions.Hold.Draw(_network.Random)
            ? delay + _network.Draw(_network.Conditions.MaxHold)
            : delay;
    }

    private void Arrive()
    {
        if (_target!.Door is not { } door || _target.IsUnreachable)
        {
            End(ServiceStatus.Unreachable);
            return;
        }

        if (!door.CertificatePin.Span.SequenceEqual(_call.Target.CertificatePin.ToBytes()))
        {
            End(ServiceStatus.PinMismatch);
            return;
        }

        if (!_target.Connections.TryEnter(_seat))
        {
            SendAway();
            return;
        }

        _target.Connections.Change(_seat, isBusy: true);
        door.Receive(new ServiceRequest(_call.Kind, _call.Body), Reply);
        if (_network.Conditions.RepeatedCalls.Draw(_network.Random))
            _network.Time.Schedule(_network.Draw(_network.Conditions.MaxHold), Repeat);
    }

    private void SendAway()
    {
        _network.RefusalTap?.Invoke(_caller, _target!);
        End(ServiceStatus.Unreachable);
    }

    private void Repeat()
    {
        _network.Counters.RepeatedCalls++;
        _target!.Door?.Receive(new ServiceRequest(_call.Kind, _call.Body), static _ => { });
    }

    private void Reply(ServiceReply reply)
    {
        if (_network.Conditions.LostReplies.Draw(_network.Random))
        {
            _network.Counters.LostReplies++;
            return;
        }

        _network.Counters.Bytes += reply.Body.Length;
        _network.CallTap?.Invoke(reply.Body);
        Transfer(_target!, _caller, 1, FirstRetransmission, () => End(reply.Status, reply.Body));
    }

    private void End(ServiceStatus status, ReadOnlyMemory<byte> body = default)
    {
        if (_isOver)
            return;
        _isOver = true;
        _limit.Dispose();
        _target?.Connections.Leave(_seat);
        _answer(new ServiceAnswer(_call.CallId, status, body));
    }
}

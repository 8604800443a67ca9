using System.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Reads what honest nodes log, one for all of them; counts errors, and looks for secrets.</summary>
internal sealed class LogWitness : ReceiveActor
{
    public LogWitness(Tally tally, SecretWitness secrets, int honest) => Receive<LogEvent>(log =>
    {
        var machine = SimulatedMachine.IndexOf(log.LogSource);
        if (machine < 0 || machine >= honest)
            return;
        tally.Add($"logged {log.LogLevel()}");
        secrets.See(Encoding.UTF8.GetBytes($"{log.Message} {log.Cause}"), "a log");
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
}

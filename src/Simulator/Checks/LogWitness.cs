using System.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Reads what a node logs; counts errors, and looks for secrets.</summary>
internal sealed class LogWitness : ReceiveActor
{
    public LogWitness(Tally tally, SecretWitness secrets) => Receive<LogEvent>(log =>
    {
        tally.Add($"logged {log.LogLevel}");
        secrets.See(Encoding.UTF8.GetBytes($"{log.Message} {log.Cause}"), "a log");
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
}

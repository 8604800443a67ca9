using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What the swarm's failures mean to a user.</summary>
internal static class KademliaFailures
{
    /// <summary>The outcome, if it is the one that was hoped for.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public static T Expect<T>(DhtOutcome outcome) where T : DhtOutcome => outcome switch
    {
        T hoped => hoped,
        OperationFailed failed => throw Of(failed.Failure),
        _ => throw new InvalidOperationException($"the swarm answered {outcome.GetType().Name}"),
    };

    private static CommandException Of(DhtFailure failure) => failure switch
    {
        DhtFailure.NotFound =>
            new(
                ExitCode.NotFound, "the swarm has nothing under this key",
                "Check the key; what is there may have expired."),
        DhtFailure.NoContacts or DhtFailure.NoAnswer => new(
            ExitCode.Network, "no node of the swarm answered", "Check --join, and that the node's UDP port is open."),
        DhtFailure.TooFewHolders => new(
            ExitCode.Failed, "too few nodes keep it",
            "Plain values are kept only by nodes that run --accept-plain, records by those that have room."),
        DhtFailure.TooLarge =>
            new(
                ExitCode.BadInput, "the value does not fit into one datagram",
                "Give a shorter one: at most 1,024 bytes."),
        DhtFailure.TooLong => new(
            ExitCode.Failed,
            "the value is longer than a datagram that is read",
            "Only values up to about 1,400 bytes can be fetched."),
        DhtFailure.Expired => new(ExitCode.Refused, "the record's life is over", "Renew or grant anew."),
        _ => new(ExitCode.Failed, $"the swarm could not do it ({failure})", "Try again."),
    };
}

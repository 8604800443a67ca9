using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>
/// What a message of a stranger must pass before its signature is checked: budget, time, nonce. Each nonce passes once.
/// </summary>
/// <param name="options">Limits.</param>
/// <param name="start">When the gate opened: what was issued before is refused, its nonces are not remembered.</param>
/// <param name="key">Unpredictable.</param>
internal sealed class MessageGate(MediationOptions options, Moment start, int key)
{
    private readonly SourceBudget _budget = new(options.MessagesPerSecond, options.TotalMessagesPerSecond, key);
    private readonly ReplayWindow _nonces = new(options.Window, options.MaxNonces);

    /// <summary>Whether there is time for one more message of this source.</summary>
    public bool HasTimeFor(NodeAddress from, Moment now) => _budget.TryTake(from, now.Monotonic - start.Monotonic);

    /// <summary>Whether a message is in time and new.</summary>
    public bool IsFresh(Nonce nonce, DateTimeOffset at, Moment now) =>
        _nonces.Check(nonce, at, Reading(now)) == ReplayVerdict.Fresh;

    /// <summary>Remembers a message that was found genuine.</summary>
    public void Remember(Nonce nonce, DateTimeOffset at, Moment now) => _nonces.Remember(nonce, at, Reading(now));

    // Whoever's clock is a little behind is believed from the start on: nothing lasting follows from these messages.
    private ClockReading Reading(Moment now) =>
        ClockReading.Certain(now.Clock, now.Monotonic - start.Monotonic + options.Window);
}

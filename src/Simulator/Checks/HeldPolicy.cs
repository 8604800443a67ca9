using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>What the world outside knows for certain about one policy at one Ursula, from her own answers.</summary>
internal sealed class HeldPolicy
{
    private readonly Queue<TimeSpan> _served = new();
    private int _start;

    /// <summary>Who may ask, by the deposit that she confirmed.</summary>
    public VerifyingKey? Bob { get; private set; }

    /// <summary>The version of the last deposit that she confirmed.</summary>
    public PolicyVersion? Deposited { get; private set; }

    /// <summary>Which kfrag that was.</summary>
    public Digest KeyFrag { get; private set; }

    /// <summary>
    /// The latest version of an order to revoke it that somebody sent her, whether she confirmed it or not.
    /// </summary>
    public PolicyVersion? RevocationSeen { get; private set; }

    /// <summary>The version of the revocation that she confirmed.</summary>
    public PolicyVersion? Revoked { get; set; }

    /// <summary>The latest end that Alice may have given it.</summary>
    public DateTimeOffset LatestEnd { get; set; }

    /// <summary>The earliest end that Alice may have given it.</summary>
    public DateTimeOffset EarliestEnd { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The beginning.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Counts an answer, and gives how many there were lately.</summary>
    /// <param name="now">The time since the beginning.</param>
    /// <param name="start">Which of her processes answered: a new one has forgotten what it served.</param>
    /// <param name="window">How far back.</param>
    public int CountServed(TimeSpan now, int start, TimeSpan window)
    {
        if (_start != start)
            _served.Clear();
        _start = start;
        while (_served.TryPeek(out var first) && now - first >= window)
            _served.Dequeue();
        _served.Enqueue(now);
        return _served.Count;
    }

    /// <summary>Notes a deposit that she confirmed.</summary>
    public void Deposit(PolicyVersion version, Digest keyFrag, VerifyingKey bob)
    {
        if (!(Deposited > version))
            (Deposited, KeyFrag) = (version, keyFrag);
        (Bob, Revoked) = (bob, null);
    }

    /// <summary>Whether she may serve it at a time.</summary>
    public bool MayServe(DateTimeOffset now) => Deposited is not null && Revoked is null && now < LatestEnd;

    /// <summary>
    /// Notes an order that is on its way into her: it may reach her before a deposit that she confirms later.
    /// </summary>
    public void SeeRevocation(PolicyVersion version) =>
        RevocationSeen = RevocationSeen > version ? RevocationSeen : version;

    /// <summary>Whether she must serve it at a time of her clock.</summary>
    public bool MustBeHeld(DateTimeOffset now) =>
        Deposited is { } deposited && !(RevocationSeen >= deposited) && now < EarliestEnd;
}

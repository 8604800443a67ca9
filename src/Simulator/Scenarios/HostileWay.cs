namespace NuCypher.P2P.Simulator;

/// <summary>How an Ursula cheats.</summary>
public enum HostileWay
{
    /// <summary>Answers re-encryption requests with random bytes.</summary>
    Babble,

    /// <summary>Signs cfrags that she did not make from Alice's kfrag.</summary>
    WrongCapsuleFrag,

    /// <summary>Repeats the first answer that she ever gave for a policy.</summary>
    Replay,

    /// <summary>Accepts everything, and never answers a Bob.</summary>
    Silence,

    /// <summary>Signs receipts for revocations that she does not carry out, and goes on re-encrypting.</summary>
    Hoarding,
}

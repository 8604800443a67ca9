namespace NuCypher.P2P.Umbral;

/// <summary>What came of verifying a key fragment, in the order of the checks.</summary>
public enum KeyFragVerdict
{
    /// <summary>The fragment is what the delegator signed.</summary>
    Valid,

    /// <summary>The commitment is not rk·U.</summary>
    CommitmentMismatch,

    /// <summary>The signature covers the delegating key, but none was given.</summary>
    DelegatingKeyMissing,

    /// <summary>The signature covers the receiving key, but none was given.</summary>
    ReceivingKeyMissing,

    /// <summary>The signature for the proxy does not verify.</summary>
    ProxySignatureInvalid,

    /// <summary>The signature for the receiver does not verify; checked when both keys are given.</summary>
    ReceiverSignatureInvalid,
}

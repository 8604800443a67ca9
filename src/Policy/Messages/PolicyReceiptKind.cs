namespace NuCypher.P2P.Policy.Messages;

/// <summary>What a receipt confirms.</summary>
public enum PolicyReceiptKind : byte
{
    /// <summary>The kfrag is stored durably.</summary>
    Deposited = 1,

    /// <summary>The new time holds.</summary>
    Renewed = 2,

    /// <summary>The kfrag is gone.</summary>
    Revoked = 3,
}

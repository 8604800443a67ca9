namespace NuCypher.P2P.Policy.Messages;

/// <summary>What can be asked of an Ursula about a policy; each has one path of her service.</summary>
public enum UrsulaOperation
{
    /// <summary>Alice proposes an arrangement; answer: <see cref="ArrangementAcceptance"/>.</summary>
    ProposeArrangement,

    /// <summary>Alice deposits a kfrag; answer: <see cref="PolicyReceipt"/>.</summary>
    DepositKeyFrag,

    /// <summary>Bob has capsules re-encrypted; answer: <see cref="ReencryptionResponse"/>.</summary>
    Reencrypt,

    /// <summary>Alice changes a policy's time; answer: <see cref="PolicyReceipt"/>.</summary>
    Renew,

    /// <summary>Alice ends a policy; answer: <see cref="PolicyReceipt"/>.</summary>
    Revoke,
}

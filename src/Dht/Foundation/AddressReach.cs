namespace NuCypher.P2P.Dht;

/// <summary>From how far away an address can be reached.</summary>
internal enum AddressReach
{
    /// <summary>From the same machine: 127.0.0.0/8, ::1.</summary>
    Machine,

    /// <summary>From the same link: 169.254.0.0/16, fe80::/10.</summary>
    Link,

    /// <summary>From the same private network: RFC 1918, 100.64.0.0/10, fc00::/7.</summary>
    Private,

    /// <summary>From everywhere.</summary>
    Public,
}
